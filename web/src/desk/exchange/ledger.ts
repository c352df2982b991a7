import { t, type Key } from '@/shared/i18n';

/* What a column of a ledger can be. The server checks the names; it does not
 * describe them, because no address takes such a row by itself. */
const names = [
  'ref', 'kind', 'title', 'story', 'type', 'source', 'area', 'place', 'filed_at', 'happened_at', 'people', 'claim', 'amount',
  'applicant', 'applicant_phone', 'applicant_number', 'applicant_address', 'respondent', 'respondent_phone', 'respondent_address',
] as const;

export const ledgerFields = names.map((name) => ({
  name,
  get zh() {
    return t(`ledger.${name}` satisfies Key);
  },
  get en() {
    return t(`ledger.${name}` satisfies Key);
  },
}));
