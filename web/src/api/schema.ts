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
  'x-enum'?: { slug: string; zh: string; en: string }[];
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

const formats: Record<string, Kind> = {
  password: 'password',
  code: 'code',
  area: 'area',
  org: 'org',
  account: 'account',
  money: 'money',
  fen: 'money',
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
  const type = typeOf(p);
  if (type === 'array') return refOf(bare(p.items ?? {})) ? 'list' : 'texts';
  if (p['x-enum'] || p.enum) return 'enum';
  const known = formats[p['x-format'] ?? ''] ?? formats[p['x-type'] ?? ''] ?? formats[p.format ?? ''];
  if (known) return known;
  if (type === 'boolean') return 'bool';
  if (type === 'integer' || type === 'number') return 'number';
  if (p.format === 'date') return 'day';
  if (p.format === 'date-time') return 'stamp';
  if (type === 'string') return flagsOf(p).includes('lines') ? 'lines' : 'text';
  return 'raw';
}

function optionsOf(p: Property): Option[] {
  if (p['x-enum']) return p['x-enum'].map((o) => ({ value: o.slug, zh: o.zh, en: o.en }));
  return (p.enum ?? []).filter((v) => v !== null).map((v) => ({ value: String(v), zh: String(v), en: String(v) }));
}

const limitOf = (p: Property, kind: Kind): number | null =>
  (kind === 'number' ? p.maximum : kind === 'list' || kind === 'texts' ? p.maxItems : p.maxLength) ?? null;

/** The fields of a record of the document; empty when it has none of that name.
 * A record inside itself is followed at most deep levels. */
export function fieldsOf(doc: OpenApi, name: string, deep = 4): Field[] {
  const component = doc.components?.schemas?.[name];
  if (!component || deep === 0) return [];
  return Object.entries(component.properties ?? {}).map(([key, raw]) => {
    const p = bare(raw);
    const kind = kindOf(p);
    const flags = flagsOf(p);
    return {
      name: key,
      kind,
      zh: p['x-zh'] ?? key,
      en: p['x-en'] ?? key,
      doc: p.description ?? '',
      required: flags.includes('required') || (component.required ?? []).includes(key),
      readonly: flags.includes('readonly') || p.readOnly === true,
      hidden: flags.includes('hidden'),
      secret: flags.includes('secret'),
      max: limitOf(p, kind),
      min: p.minimum ?? null,
      format: p['x-format'] ?? '',
      codelist: p['x-codelist'] ?? '',
      options: optionsOf(p),
      sub: kind === 'list' ? fieldsOf(doc, refOf(bare(p.items ?? {})), deep - 1) : [],
      preset: p.default === undefined || p.default === null ? null : String(p.default),
    };
  });
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

let asked: Promise<OpenApi> | null = null;

/** The server's description, asked for once a page. */
export function loadSchema(): Promise<OpenApi> {
  asked ??= get<OpenApi>('openapi.json').catch((cause: unknown) => {
    asked = null;
    throw cause;
  });
  return asked;
}
