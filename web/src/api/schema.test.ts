import { describe, expect, it } from 'vitest';
import { fieldsOf, filtersOf, formOf, inputOf, outputOf, type OpenApi } from './schema';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const doc: OpenApi = {
  paths: {
    '/api/v1/matters': {
      get: { parameters: [{ name: 'kind', in: 'query', schema: { type: 'string', enum: ['any', 'dispute'], 'x-preset': 'any' } }, { name: 'after', in: 'query', schema: { type: 'string' } }], responses: { '200': json({ type: 'object', properties: { items: { type: 'array', items: ref('matter') } } }) } },
      post: { requestBody: json(ref('matter_new')), responses: { '201': json(ref('matter')) } },
    },
  },
  components: {
    schemas: {
      matter_new: {
        required: ['title'],
        properties: {
          title: { type: 'string', maxLength: 60, 'x-zh': '标题', 'x-en': 'Title', 'x-flags': ['required', 'content'] },
          story: { type: ['string', 'null'], 'x-flags': 'content lines' },
          kind: { type: 'string', enum: ['dispute'], 'x-type': 'choice', 'x-enum': [{ value: 'dispute', zh: '纠纷', en: 'dispute' }] },
          type: { type: 'string', 'x-format': 'code', 'x-codelist': '{kind}_type' },
          area: { type: 'string', 'x-format': 'area' },
          amount: { type: 'integer', 'x-type': 'fen', minimum: 0 },
          people: { type: 'integer', minimum: 1, maximum: 999, 'x-preset': '1' },
          day: { type: 'string', format: 'date' },
          at: { type: ['string', 'null'], format: 'date-time' },
          danger: { type: 'boolean' },
          parties: { type: 'array', maxItems: 20, items: ref('party') },
          tags: { type: 'array', items: { type: 'string' } },
          blob: {},
        },
      },
      party: { properties: { name: { type: 'string' }, agents: { type: 'array', items: ref('party') } } },
    },
  },
};

describe('schema', () => {
  const fields = fieldsOf(doc, 'matter_new');
  it('names the widget of each field', () => {
    expect(fields.map((f) => `${f.name}:${f.kind}`)).toEqual([
      'title:text', 'story:lines', 'kind:enum', 'type:code', 'area:area', 'amount:money', 'people:number',
      'day:day', 'at:stamp', 'danger:bool', 'parties:list', 'tags:texts', 'blob:raw',
    ]);
  });
  it('hands on labels, limits, presets and choices', () => {
    expect(fields[0]).toMatchObject({ zh: '标题', en: 'Title', required: true, max: 60 });
    expect(fields[2]?.options).toEqual([{ value: 'dispute', zh: '纠纷', en: 'dispute' }]);
    expect(fields[6]).toMatchObject({ min: 1, max: 999, preset: '1' });
    expect(fields[10]).toMatchObject({ max: 20 });
  });
  it('follows a record inside itself only so far', () => {
    expect(fields[10]?.sub[1]?.sub[1]?.sub[1]?.sub).toEqual([]);
  });
  it('finds what operations take and answer', () => {
    expect(inputOf(doc, 'POST', '/api/v1/matters')).toBe('matter_new');
    expect(outputOf(doc, 'POST', '/api/v1/matters')).toBe('matter');
    expect(outputOf(doc, 'GET', '/api/v1/matters')).toBe('matter');
    expect(inputOf(doc, 'GET', '/nowhere')).toBe('');
    expect(fieldsOf(doc, 'nothing')).toEqual([]);
  });
  it('prefers the form a record has of its own', () => {
    const two: OpenApi = { components: { schemas: { a: { properties: { x: {}, y: {} } }, a_input: { properties: { x: {} } } } } };
    expect(formOf(two, 'a').map((f) => f.name)).toEqual(['x']);
    expect(formOf(doc, 'party').map((f) => f.name)).toEqual(['name', 'agents']);
  });
  it('makes filters of query parameters, without the choice that is none', () => {
    const found = filtersOf(doc, '/api/v1/matters');
    expect(found.map((f) => f.name)).toEqual(['kind']);
    expect(found[0]?.options.map((o) => o.value)).toEqual(['dispute']);
    expect(found[0]?.preset).toBeNull();
  });
});
