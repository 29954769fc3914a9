/*
 * What the records of a programme leave open that has no use for it: services in nobody's name but the commissioner's
 * own, trainings whose trainees are counted and not told apart. To be spread into a row.
 */
export const plainService = { teamId: null };

export const plainTraining = { traineeCategory: null, sessionCount: null, attendanceCount: null, traineeDigests: [] };
