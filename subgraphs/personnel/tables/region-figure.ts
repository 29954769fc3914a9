import { defineEntity, p } from '@mikro-orm/postgresql';

const RegionFigureSchema = defineEntity({
  name: 'RegionFigure',
  tableName: 'region_figure',
  properties: {
    id: p.uuid().primary(),
    regionId: p.string(),
    kind: p.string(),
    value: p.integer(),
    /** The day that it describes. A later row of the kind takes its place from its own day on. */
    on: p.date(),
    source: p.string().nullable(),
  },
  indexes: [{ properties: ['regionId', 'kind', 'on'] }],
});
export class RegionFigure extends RegionFigureSchema.class {}
RegionFigureSchema.setClass(RegionFigure);

export const regionFigureTables = [RegionFigureSchema];
