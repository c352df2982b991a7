import { hasKey, t } from './i18n';

/** What was looked at, in words: "read", "print:receipt", "reveal:phone". papers names the
 * papers by their slugs, where it is known. */
export function lookWord(what: string, papers: Map<string, string> = new Map()): string {
  const [kind = '', of = ''] = what.split(':');
  const key = `access.${kind === 'reveal' ? of : kind}`;
  const paper = kind === 'print' ? papers.get(of) : undefined;
  return hasKey(key) ? t(key) + (paper ? ` · ${paper}` : '') : what;
}
