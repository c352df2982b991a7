import type { Choice } from './choices';

/* A code list may be a tree (its parents are codes of the list) or be dealt out
 * to cases (its parents are words of something else, such as the kind of the
 * matter it is about). */

/** The codes that fit where they are asked: of a list dealt out to cases, only
 * those of a case in scope. */
export function fitting(all: Choice[], scope: string[]): Choice[] {
  const own = new Set(all.map((c) => c.value));
  const cases = new Set(all.map((c) => c.parent ?? '').filter((p) => p && !own.has(p)));
  const here = scope.filter((s) => cases.has(s));
  return here.length ? all.filter((c) => !cases.has(c.parent ?? '') || here.includes(c.parent ?? '')) : all;
}

/** The codes below one, or at the top for ''. */
export function below(all: Choice[], parent: string): Choice[] {
  const own = new Set(all.map((c) => c.value));
  const parents = new Set(all.map((c) => c.parent ?? ''));
  const top = (c: Choice) => !c.parent || !own.has(c.parent);
  return all.filter((c) => (parent ? c.parent === parent : top(c))).map((c) => ({ ...c, more: parents.has(c.value) }));
}

export const isTree = (all: Choice[]): boolean => {
  const own = new Set(all.map((c) => c.value));
  return all.some((c) => c.parent && own.has(c.parent));
};
