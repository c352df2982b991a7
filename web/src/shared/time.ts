/* Times travel as RFC 3339 with offset and are shown and typed in the
 * reader's own time zone. Inputs of type datetime-local hold "2026-11-21T08:30". */

const two = (n: number) => String(n).padStart(2, '0');

export function localDay(d: Date): string {
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}
export function localStamp(d: Date): string {
  return `${localDay(d)}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** "2026-11-21T08:30" (local) to RFC 3339 with offset, or null. */
export function stampFromLocal(text: string): string | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d)?$/.exec(text.trim());
  if (!found) return null;
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0] = found.slice(1).map(Number);
  const at = new Date(y, mo - 1, d, h, mi);
  if (at.getMonth() !== mo - 1 || at.getDate() !== d || at.getHours() !== h) return null;
  const off = -at.getTimezoneOffset();
  const sign = off < 0 ? '-' : '+';
  const zone = `${sign}${two(Math.floor(Math.abs(off) / 60))}:${two(Math.abs(off) % 60)}`;
  return `${localStamp(at)}:00${zone}`;
}

/** RFC 3339 to what an input of type datetime-local holds; '' when it is none. */
export function localFromStamp(stamp: string): string {
  const at = new Date(stamp);
  return Number.isNaN(at.getTime()) ? '' : localStamp(at);
}

export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return false;
  const [y = 0, m = 0, d = 0] = found.slice(1).map(Number);
  const at = new Date(y, m - 1, d);
  return at.getFullYear() === y && at.getMonth() === m - 1 && at.getDate() === d;
}

/** A time for reading: "2026-11-21 08:30"; '' for none. */
export function showStamp(stamp: string | null | undefined): string {
  return stamp ? localFromStamp(stamp).replace('T', ' ') : '';
}
