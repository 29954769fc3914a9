const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The civil date ('YYYY-MM-DD') in Asia/Shanghai at an instant. */
export function civilDate(instant: Date): string {
  return shanghai.format(instant);
}

/** True for a day that exists: '2024-02-29' yes, '2023-02-29' and '2023-2-1' no. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}
