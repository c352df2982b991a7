import type { OpenRow } from '@/api/types';
import type { Key } from '@/shared/i18n';

/* The monthly form in parts of a screen's width; a column is an indicator. */
export interface Part { name: string; text: Key; columns: string[] }
export const first: Part = { name: 'source', text: 'part.source', columns: ['accepted', 'proactive', 'applied', 'referred', 'way_unknown', 'people'] };
export const parts: Part[] = [
  first,
  { name: 'referrer', text: 'part.referrer', columns: ['referred', 'from_court', 'from_procuratorate', 'from_police', 'from_petition', 'from_other'] },
  { name: 'body', text: 'part.body', columns: ['accepted', 'body_village', 'body_residents', 'body_town', 'body_street', 'body_enterprise', 'body_association', 'body_other'] },
  { name: 'result', text: 'part.result', columns: ['concluded', 'agreed', 'failed', 'stopped', 'unreachable', 'sent_on', 'ended_otherwise', 'unconfirmed'] },
  { name: 'agreement', text: 'part.agreement', columns: ['agreed', 'settled', 'partly', 'written', 'oral', 'performed', 'unperformed', 'confirmed', 'amount'] },
  { name: 'complex', text: 'part.complex', columns: ['concluded', 'complex', 'prevented_crime', 'crime_people', 'prevented_petition', 'petition_people', 'prevented_fight', 'prevented_suicide', 'suicide_people'] },
  { name: 'again', text: 'part.again', columns: ['reopened', 'again', 'again_agreed', 'again_other'] },
];

export interface Cell { column: string; value: number; hidden: boolean }
export interface StatRow { row: string; name: string; area: string | null; cells: Cell[] }
export interface StatTable { title: string; area: string; area_name: string; exact: boolean; corrections: number; rows: StatRow[] }
export interface Edition { no: number; month: number; hash: string; made_at: string }
export interface Indicator { code: string; zh: string; en: string; unit: string; source: string; [text: string]: string }

/** Money is told in yuan; what is left out has a dash of its own. */
export function shownOf(row: StatRow, column: string, unit: string): string {
  const cell = row.cells.find((c) => c.column === column);
  if (!cell || cell.hidden) return '—';
  return unit === 'fen' ? (cell.value / 100).toFixed(2) : String(cell.value);
}
/** What waits in a row's bucket; nothing where it has none. */
export function openCell(row: OpenRow, bucket: string): { count: number; yellow: number; overdue: number } {
  return row.buckets?.find((b) => b.bucket === bucket) ?? { count: 0, yellow: 0, overdue: 0 };
}
/** The buckets that anything waits in, in the order of the work: the last row is the sum. */
export function openColumns<T extends { value: string }>(rows: OpenRow[], words: T[]): T[] {
  const sum = rows[rows.length - 1];
  return sum ? words.filter((w) => openCell(sum, w.value).count > 0) : [];
}
/** "202601" as "2026-01". */
export const monthText = (month: number): string => `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`;
