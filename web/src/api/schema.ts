import type { Field, Kind, Option } from '@/shared/form-model';
import { get } from './client';

/* Asks the server's own description once and answers what a record looks like:
 * fields, labels, limits, widgets. Nothing of it is repeated in the front end. */

export interface Property {
  type?: string | string[];
  format?: string;
  description?: string;
  $ref?: string;
  allOf?: Property[];
  anyOf?: Property[];
  items?: Property;
  enum?: unknown[];
  maxLength?: number;
  minLength?: number;
  maximum?: number;
  minimum?: number;
  maxItems?: number;
  minItems?: number;
  default?: unknown;
  readOnly?: boolean;
  writeOnly?: boolean;
  'x-zh'?: string;
  'x-en'?: string;
  'x-format'?: string;
  'x-type'?: string;
  'x-codelist'?: string;
  'x-enum'?: { value: string; zh: string; en: string }[];
  'x-preset'?: string;
  'x-flags'?: string[] | string;
}
export interface Component { type?: string; properties?: Record<string, Property>; required?: string[] }
export interface Operation {
  'x-permission'?: string;
  requestBody?: { content?: Record<string, { schema?: Property }> };
  responses?: Record<string, { content?: Record<string, { schema?: Property }> }>;
  parameters?: { name: string; in: string; schema?: Property }[];
}
export interface OpenApi {
  openapi?: string;
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Component> };
}

const formats: Record<string, Kind> = { password: 'password', code: 'code', codes: 'codes', area: 'area', org: 'org', account: 'account' };
const types: Record<string, Kind> = {
  int: 'number', bool: 'bool', text: 'text', choice: 'enum', stamp: 'stamp', day: 'day', id: 'text', fen: 'money',
  list: 'list', texts: 'texts', raw: 'raw',
};

function bare(p: Property): Property {
  const inner = p.allOf?.[0] ?? p.anyOf?.find((x) => x.type !== 'null');
  return inner ? { ...inner, ...p } : p;
}

const typeOf = (p: Property): string =>
  Array.isArray(p.type) ? (p.type.find((x) => x !== 'null') ?? '') : (p.type ?? '');
const refOf = (p: Property | undefined): string => p?.$ref?.split('/').pop() ?? '';

function flagsOf(p: Property): string[] {
  const flags = p['x-flags'] ?? [];
  return typeof flags === 'string' ? flags.split(/[\s,]+/) : flags;
}

function kindOf(p: Property): Kind {
  const known = formats[p['x-format'] ?? ''] ?? types[p['x-type'] ?? ''] ?? plainKind(p);
  return known === 'text' && flagsOf(p).includes('lines') ? 'lines' : known;
}

/** Of a property that does not say what it is to us. */
function plainKind(p: Property): Kind {
  const type = typeOf(p);
  if (type === 'array') return refOf(bare(p.items ?? {})) ? 'list' : 'texts';
  if (p['x-enum'] || p.enum) return 'enum';
  if (type === 'boolean') return 'bool';
  if (type === 'integer' || type === 'number') return 'number';
  if (p.format === 'date') return 'day';
  if (p.format === 'date-time') return 'stamp';
  return type === 'string' ? 'text' : 'raw';
}

function optionsOf(p: Property): Option[] {
  if (p['x-enum']) return p['x-enum'].map((o) => ({ value: o.value, zh: o.zh, en: o.en }));
  return (p.enum ?? []).filter((v) => v !== null).map((v) => ({ value: String(v), zh: String(v), en: String(v) }));
}

const limitOf = (p: Property, kind: Kind): number | null =>
  (kind === 'number' ? p.maximum : kind === 'list' || kind === 'texts' ? p.maxItems : p.maxLength) ?? null;

function fieldOf(doc: OpenApi, name: string, raw: Property, deep: number): Field {
  const p = bare(raw);
  const kind = kindOf(p);
  const flags = flagsOf(p);
  const preset = p['x-preset'] ?? p.default;
  return {
    name,
    kind,
    zh: p['x-zh'] ?? name,
    en: p['x-en'] ?? name,
    doc: p.description ?? '',
    required: flags.includes('required'),
    readonly: flags.includes('readonly') || p.readOnly === true,
    hidden: flags.includes('hidden'),
    secret: flags.includes('secret'),
    empties: flags.includes('empties'),
    max: limitOf(p, kind),
    min: p.minimum ?? null,
    format: p['x-format'] ?? '',
    codelist: p['x-codelist'] ?? '',
    options: optionsOf(p),
    sub: kind === 'list' ? fieldsOf(doc, refOf(bare(p.items ?? {})), deep - 1) : [],
    preset: preset === undefined || preset === null ? null : String(preset),
  };
}

/** The fields of a record of the document; empty when it has none of that name.
 * A record inside itself is followed at most deep levels. */
export function fieldsOf(doc: OpenApi, name: string, deep = 4): Field[] {
  const component = doc.components?.schemas?.[name];
  if (!component || deep === 0) return [];
  return Object.entries(component.properties ?? {}).map(([key, raw]) => fieldOf(doc, key, raw, deep));
}

/** The fields to fill in for a record: its input form where it has one of its own. */
export function formOf(doc: OpenApi, name: string): Field[] {
  const own = fieldsOf(doc, `${name}_input`);
  return own.length ? own : fieldsOf(doc, name);
}

const operationOf = (doc: OpenApi, method: string, path: string): Operation | undefined =>
  doc.paths?.[path]?.[method.toLowerCase()];

/** The record an operation takes. */
export function inputOf(doc: OpenApi, method: string, path: string): string {
  return refOf(operationOf(doc, method, path)?.requestBody?.content?.['application/json']?.schema);
}

/** The record an operation answers with; of a list, that of its items. */
export function outputOf(doc: OpenApi, method: string, path: string): string {
  const answers = operationOf(doc, method, path)?.responses ?? {};
  const ok = answers['200'] ?? answers['201'];
  const schema = ok?.content?.['application/json']?.schema;
  if (!schema) return '';
  const items = (schema as Component).properties?.items?.items;
  return refOf(schema) || refOf(schema.items) || refOf(items);
}

/** What a list can be narrowed by. A choice of "any" is no choice: blank says it. */
export function filtersOf(doc: OpenApi, path: string): Field[] {
  return (operationOf(doc, 'GET', path)?.parameters ?? [])
    .filter((p) => p.in === 'query' && p.name !== 'after' && p.name !== 'limit')
    .map((p) => fieldOf(doc, p.name, p.schema ?? {}, 1))
    .map((f) => ({ ...f, required: false, preset: null, options: f.options.filter((o) => o.value !== 'any') }));
}

let asked: Promise<OpenApi> | null = null;

/** The server's description, asked for once a page. */
export function loadSchema(): Promise<OpenApi> {
  asked ??= get<OpenApi>('openapi.json').catch((cause: unknown) => {
    asked = null;
    throw cause;
  });
  return asked;
}
