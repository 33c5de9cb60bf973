/** A day with its time, by the clock of whoever reads. */
import { day } from '../words.ts';

/** @param iso ISO 8601, UTC, as the server gives it */
export function moment(iso: string): string {
  const at = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day(date)}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}
