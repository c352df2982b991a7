import { fenFromYuan, showFen, yuanFromFen } from './money';
import { isDay, localFromStamp, showStamp, stampFromLocal } from './time';

/* A form as data, made from a record's schema. The model knows nothing of any
 * component library: the desk and the door each draw the same fields. */

export type Kind =
  | 'text' | 'lines' | 'password' | 'number' | 'money' | 'bool' | 'day' | 'stamp'
  | 'enum' | 'code' | 'codes' | 'area' | 'org' | 'account' | 'list' | 'texts' | 'raw';
/** under: the choice in another field that this one belongs to (Field.within). */
export interface Option { value: string; zh: string; en: string; under?: string | undefined }
export interface Field {
  name: string;
  kind: Kind;
  zh: string;
  en: string;
  doc: string;
  required: boolean;
  readonly: boolean;
  hidden: boolean;
  secret: boolean;
  /** null empties it where it stands. */
  empties: boolean;
  max: number | null;
  min: number | null;
  format: string;
  codelist: string;
  options: Option[];
  /** The field whose choice narrows the options. */
  within?: string;
  sub: Field[];
  /** What the entries of a list begin with: the first, the second … the last for all after. */
  entries?: Values[];
  preset: string | null;
}

/** What a form holds: text as typed, whatever the kind; nothing typed is lost. */
export type Value = string | boolean | Values[] | string[];
export interface Values { [name: string]: Value }
/** Sentence by path: "title", "parties[2].name". */
export type Errors = Record<string, string>;
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A yes or no that must be said: neither is where it begins. */
export const isDecision = (field: Field): boolean => field.kind === 'bool' && field.required;

export function emptyOf(field: Field): Value {
  if (field.kind === 'list' || field.kind === 'texts') return [];
  if (field.kind === 'bool' && !isDecision(field)) return field.preset === 'true';
  return field.preset ?? '';
}

/** Fields a person can fill in. */
export function inputs(fields: Field[]): Field[] {
  return fields.filter((f) => !f.readonly && !f.hidden && f.kind !== 'raw');
}

export function emptyValues(fields: Field[]): Values {
  const out: Values = {};
  for (const f of inputs(fields)) out[f.name] = emptyOf(f);
  return out;
}

export function valueFromJson(field: Field, json: Json | undefined): Value {
  // What came masked is not the value: it stays on the server unless typed anew.
  if (field.secret && typeof json === 'string' && json.includes('*')) return '';
  if (json === null || json === undefined) return emptyOf({ ...field, preset: null });
  switch (field.kind) {
    case 'list':
      return Array.isArray(json) ? json.map((row) => valuesFromJson(field.sub, row)) : [];
    case 'texts':
      return Array.isArray(json) ? json.map(String) : [];
    case 'bool':
      return json === true;
    case 'money':
      return typeof json === 'number' ? yuanFromFen(json) : '';
    case 'stamp':
      return localFromStamp(String(json));
    default:
      return typeof json === 'object' ? refOf(json) : String(json);
  }
}

/** A reference may come as {id, name} or {code, zh}: the key is what a form sends. */
function refOf(json: Json): string {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return '';
  const key = json.id ?? json.code ?? '';
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '';
}

export function valuesFromJson(fields: Field[], json: Json | undefined): Values {
  const from = json && typeof json === 'object' && !Array.isArray(json) ? json : {};
  const out: Values = {};
  for (const f of inputs(fields)) out[f.name] = valueFromJson(f, from[f.name]);
  return out;
}

function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === '' || (typeof value === 'string' && !value.trim()) ||
    (Array.isArray(value) && value.length === 0);
}

/** One value as it is sent; undefined for a blank. */
export function jsonFrom(field: Field, value: Value | undefined): Json | undefined {
  if (field.kind === 'bool' && !isDecision(field)) return value === true;
  if (typeof value === 'boolean') return value;
  if (value === undefined || isBlank(value)) return undefined;
  if (field.kind === 'list') return (value as Values[]).map((row) => toJson(field.sub, row));
  if (field.kind === 'texts') return (value as string[]).map((s) => s.trim()).filter(Boolean);
  const text = String(value);
  switch (field.kind) {
    case 'money':
      return fenFromYuan(text) ?? text;
    case 'number':
      return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;
    case 'stamp':
      return stampFromLocal(text) ?? text;
    case 'password':
      return text;
    default:
      return text.trim();
  }
}

/** The body to send. A blank is left out: the server knows what is required. */
export function toJson(fields: Field[], values: Values): { [key: string]: Json } {
  const out: { [key: string]: Json } = {};
  for (const f of inputs(fields)) {
    const json = jsonFrom(f, values[f.name]);
    if (json !== undefined) out[f.name] = json;
  }
  return out;
}

export type Complaint = 'required' | 'number' | 'money' | 'day' | 'stamp' | 'long' | 'small' | 'big';
export interface Finding { path: string; why: Complaint; limit?: number }

function findOne(field: Field, value: Value | undefined, path: string): Finding[] {
  if (field.kind === 'list') {
    const rows = (value ?? []) as Values[];
    const inner = rows.flatMap((row, i) => findings(field.sub, row, `${path}[${i}].`));
    return field.required && !rows.length ? [{ path, why: 'required' }] : inner;
  }
  if (isBlank(value)) return field.required ? [{ path, why: 'required' }] : [];
  if (typeof value !== 'string') return [];
  const text = value.trim();
  const bounded = field.max !== null && field.min !== null ? field.max > field.min : field.max !== null;
  switch (field.kind) {
    case 'number': {
      if (!/^-?\d{1,15}$/.test(text)) return [{ path, why: 'number' }];
      if (field.min !== null && Number(text) < field.min) return [{ path, why: 'small', limit: field.min }];
      if (bounded && Number(text) > (field.max ?? 0)) return [{ path, why: 'big', limit: field.max ?? 0 }];
      return [];
    }
    case 'money':
      return fenFromYuan(text) === null ? [{ path, why: 'money' }] : [];
    case 'day':
      return isDay(text) ? [] : [{ path, why: 'day' }];
    case 'stamp':
      return stampFromLocal(text) ? [] : [{ path, why: 'stamp' }];
    case 'text':
    case 'lines':
    case 'password':
      return field.max !== null && [...text].length > field.max ? [{ path, why: 'long', limit: field.max }] : [];
    default:
      return [];
  }
}

/** What can be seen to be wrong before sending. The server has the last word. */
export function findings(fields: Field[], values: Values, prefix = ''): Finding[] {
  return inputs(fields).flatMap((f) => findOne(f, values[f.name], prefix + f.name));
}

/** A server's path as ours: "/parties/2/name", "parties.2.name" → "parties[2].name". */
export function pathOf(path: string): string {
  return path.replace(/^\//, '').replace(/[/.](\d+)(?=$|[/.[])/g, '[$1]').replace(/\//g, '.');
}

/** The deepest path of the form that leads to where the server points: an
 * unknown part lights its nearest ancestor, so that no error goes unseen. */
export function nearestPath(fields: Field[], path: string): string | null {
  const parts = pathOf(path).match(/[^.[\]]+/g) ?? [];
  let at = '';
  let level = fields;
  for (let i = 0; i < parts.length; i++) {
    const field = inputs(level).find((f) => f.name === parts[i]);
    if (!field) break;
    at += (at ? '.' : '') + field.name;
    if (!/^\d+$/.test(parts[i + 1] ?? '')) break;
    at += `[${parts[++i]}]`;
    level = field.sub;
  }
  return at || null;
}

/** yuan: the unit money is told with; '' where its column tells it. */
export interface Words { lang: 'zh' | 'en'; yes: string; no: string; yuan?: string }

/** A value of an answer as a person reads it. */
export function showValue(field: Field, json: Json | undefined, words: Words): string {
  if (json === null || json === undefined || json === '') return '';
  if (field.kind === 'bool') return json ? words.yes : words.no;
  if (field.kind === 'money' && typeof json === 'number') return words.yuan ? `${showFen(json)} ${words.yuan}` : showFen(json);
  if (field.kind === 'stamp') return showStamp(String(json));
  if (field.kind === 'enum') {
    const option = field.options.find((o) => o.value === json);
    return option ? (words.lang === 'zh' ? option.zh : option.en) : String(json);
  }
  if (Array.isArray(json)) return json.map((v) => showLabel(v, words.lang)).join('、');
  return showLabel(json, words.lang);
}

function showLabel(json: Json, lang: 'zh' | 'en'): string {
  if (json === null || typeof json !== 'object') return String(json ?? '');
  if (Array.isArray(json)) return json.map((v) => showLabel(v, lang)).join('、');
  const text = json[lang] ?? json.name ?? json.zh ?? json.title ?? json.id ?? '';
  return typeof text === 'object' ? '' : String(text);
}
