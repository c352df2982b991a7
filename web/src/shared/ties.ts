import type { Key } from './i18n';

/** What the other side of a tie is to this matter. */
export function tieWord(relation: unknown, otherIsHead: boolean): Key {
  if (relation === 'merged') return otherIsHead ? 'tie.mergedInto' : 'tie.merged';
  return otherIsHead ? 'tie.partOf' : 'tie.part';
}
