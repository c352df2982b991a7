import { computed, ref } from 'vue';
import { en } from './en';
import { zh } from './zh';

export type Key = keyof typeof zh;
export type Lang = 'zh' | 'en';
export interface Label {
  zh?: string | null | undefined;
  en?: string | null | undefined;
}

const stored = 'fengqiao.lang';
const texts: Record<Lang, Record<Key, string>> = { zh, en };

function firstLang(): Lang {
  try {
    const kept = localStorage.getItem(stored);
    if (kept === 'zh' || kept === 'en') return kept;
  } catch {
    // Storage may be forbidden; the language then lasts as long as the page.
  }
  return 'zh';
}

export const lang = ref<Lang>(firstLang());
/** The language as HTML and HTTP spell it. */
export const langTag = computed(() => (lang.value === 'zh' ? 'zh-CN' : 'en'));

export function setLang(next: Lang): void {
  lang.value = next;
  try {
    localStorage.setItem(stored, next);
  } catch {
    // As above.
  }
}

/** The sentence for key in the reader's language; {name} is filled from args. */
export function t(key: Key, args: Record<string, string | number> = {}): string {
  return texts[lang.value][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

/** True for a key that exists: for keys put together from a server's word. */
export function hasKey(key: string): key is Key {
  return key in zh;
}

/** A bilingual label of the server in the reader's language. */
export function say(label: Label | null | undefined, otherwise = ''): string {
  if (!label) return otherwise;
  const [first, second] = lang.value === 'zh' ? [label.zh, label.en] : [label.en, label.zh];
  return first || second || otherwise;
}

/** How values are told in the reader's language, for showValue. */
export const valueWords = () => ({ lang: lang.value, yes: t('form.yes'), no: t('form.no'), yuan: t('unit.yuan') });
