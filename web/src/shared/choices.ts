/* What forms ask of the world outside; the app gives it, so that ui knows no api. */

export interface Choice {
  value: string;
  zh: string;
  en: string;
  parent?: string;
  /** False when nothing lies below. */
  more?: boolean;
  /** Where it lies, for telling namesakes apart. */
  where?: string;
}
export interface Sources {
  codes: (list: string) => Promise<Choice[]>;
  areas: (parent: string) => Promise<Choice[]>;
  findAreas: (q: string) => Promise<Choice[]>;
  findOrgs: (q: string) => Promise<Choice[]>;
  findAccounts: (q: string) => Promise<Choice[]>;
  /** The choice behind a key already chosen. */
  named: (kind: string, key: string) => Promise<Choice | null>;
}
