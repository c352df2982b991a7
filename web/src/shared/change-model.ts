import { emptyOf, inputs, jsonFrom, valueFromJson, type Field, type Json, type Value, type Values } from './form-model';

/* Putting right what stands: a form that begins with what is there, sends only what
 * was changed, and null for what was emptied. Lists keep their entries. */

type Row = { [key: string]: Json };
const rowOf = (json: Json | undefined): Row => (json && typeof json === 'object' && !Array.isArray(json) ? json : {});
const rowsIn = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : []);

/** A record that takes null for "empty it" is one that puts right. */
export const isChange = (fields: Field[]): boolean => fields.some((f) => f.empties || isChange(f.sub));

/** An entry is known by its key, which nobody types; what stands is chosen already, so that
 * "as it is" is no choice of its own. */
export const changeFields = (fields: Field[]): Field[] =>
  fields.map((f) => {
    if (f.kind === 'list') return { ...f, sub: changeFields(f.sub.map((s) => (s.name === 'id' ? { ...s, hidden: true } : s))) };
    return f.kind === 'enum' ? { ...f, options: f.options.filter((o) => o.value !== 'same') } : f;
  });

/** Zero of what may be empty is how the server says that it is. */
const wasOf = (f: Field, json: Json | undefined): Json | undefined => (f.empties && json === 0 ? undefined : json);
export const wasThere = (f: Field, json: Json | undefined): boolean => {
  const was = wasOf(f, json);
  return was !== undefined && was !== null && was !== '';
};

function begin(f: Field, json: Json | undefined): Value {
  if (f.kind === 'list') return rowsIn(json).map((row) => changeStart(f.sub, row));
  return f.secret ? emptyOf(f) : valueFromJson(f, wasOf(f, json));
}

/** What the form holds at first; a secret value stays on the server unless typed anew. */
export function changeStart(fields: Field[], was: Json): Values {
  return Object.fromEntries(inputs(fields).map((f) => [f.name, begin(f, rowOf(was)[f.name])]));
}

export type Mark = 'same' | 'changed' | 'emptied' | 'kept';
/** What happens to one field: kept is what was blanked and must not be empty. */
export function markOf(f: Field, value: Value | undefined, was: Json | undefined, cleared: boolean): Mark {
  const there = wasThere(f, was);
  if (f.secret && cleared && there) return 'emptied';
  const before = begin(f, was);
  if (value === before || (typeof value === 'string' && typeof before === 'string' && value.trim() === before.trim())) return 'same';
  if (typeof value === 'string' && !value.trim()) return there && !f.secret ? (f.empties ? 'emptied' : 'kept') : 'same';
  return 'changed';
}

/** The body to send; cleared: paths of secret fields that were emptied. */
export function changes(fields: Field[], values: Values, was: Json, cleared: ReadonlySet<string>, prefix = ''): Row {
  const out: Row = {};
  for (const f of inputs(fields)) {
    const before = rowOf(was)[f.name];
    if (f.kind === 'list') {
      const entries = (values[f.name] ?? []) as Values[];
      const rows = rowsIn(before).flatMap((row, i) => {
        const changed = changes(f.sub, entries[i] ?? {}, row, cleared, `${prefix}${f.name}[${i}].`);
        return Object.keys(changed).length ? [{ id: rowOf(row).id ?? null, ...changed }] : [];
      });
      if (rows.length) out[f.name] = rows;
      continue;
    }
    const mark = markOf(f, values[f.name], before, cleared.has(prefix + f.name));
    const json = mark === 'changed' ? jsonFrom(f, values[f.name]) : undefined;
    if (mark === 'emptied') out[f.name] = null;
    else if (json !== undefined) out[f.name] = json;
  }
  return out;
}

export interface Emptied { field: Field; entry: { field: Field; no: number } | null }
/** What will be emptied, for saying so before it is sent. */
export function emptiedIn(fields: Field[], values: Values, was: Json, cleared: ReadonlySet<string>): Emptied[] {
  return inputs(fields).flatMap((f): Emptied[] => {
    const before = rowOf(was)[f.name];
    if (f.kind !== 'list') return markOf(f, values[f.name], before, cleared.has(f.name)) === 'emptied' ? [{ field: f, entry: null }] : [];
    const entries = (values[f.name] ?? []) as Values[];
    return rowsIn(before).flatMap((row, i) =>
      inputs(f.sub)
        .filter((s) => markOf(s, entries[i]?.[s.name], rowOf(row)[s.name], cleared.has(`${f.name}[${i}].${s.name}`)) === 'emptied')
        .map((s) => ({ field: s, entry: { field: f, no: i + 1 } })),
    );
  });
}
