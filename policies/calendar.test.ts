import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, holidayCoverage, isWorkingDay, workingDaysBetween } from './calendar.ts';
import { addDays, addMonths, daysBetween } from './day.ts';

describe('calendar days', () => {
  it('run over months, years and the 29th of February', () => {
    expect(addDays('2022-03-01', 10)).toBe('2022-03-11');
    expect(addDays('2020-02-28', 1)).toBe('2020-02-29');
    expect(addDays('2021-01-01', -1)).toBe('2020-12-31');
    expect(daysBetween('2022-03-01', '2022-03-11')).toBe(10);
  });

  it('keep to the end of a shorter month', () => {
    expect(addMonths('2018-05-01', 24)).toBe('2020-05-01');
    expect(addMonths('2020-01-31', 1)).toBe('2020-02-29');
    expect(addMonths('2020-02-29', 12)).toBe('2021-02-28');
  });
});

describe('working days', () => {
  it('leave out weekends and public holidays, and take in the weekends worked for them', () => {
    // The National Day of 2023: off until Friday the 6th, worked on Saturday the 7th and Sunday the 8th.
    expect(
      ['2023-09-28', '2023-09-29', '2023-10-06', '2023-10-07', '2023-10-08', '2023-10-14'].map(isWorkingDay),
    ).toEqual([true, false, false, true, true, false]);
  });

  it('are counted from the day after', () => {
    expect(addWorkingDays('2023-09-28', 1)).toEqual({ date: '2023-10-07', provisional: false });
    expect(addWorkingDays('2023-09-28', 3)).toEqual({ date: '2023-10-09', provisional: false });
    expect(workingDaysBetween('2023-09-28', '2023-10-09')).toEqual({ days: 3, provisional: false });
    expect(workingDaysBetween('2023-10-09', '2023-10-09').days).toBe(0);
  });

  it('beyond the years whose holidays are known are provisional', () => {
    expect(addWorkingDays(holidayCoverage.to, 1).provisional).toBe(true);
    expect(addWorkingDays(addDays(holidayCoverage.from, -1), 1).provisional).toBe(true);
    expect(workingDaysBetween(holidayCoverage.to, addDays(holidayCoverage.to, 5)).provisional).toBe(true);
  });
});
