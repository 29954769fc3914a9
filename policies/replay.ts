export const replay = async (record: string, _r: unknown) => record;
