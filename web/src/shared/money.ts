/* Money is whole fen everywhere; people read and type yuan. No floating point:
 * 0.1 + 0.2 is not money. */

const yuanText = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/;

/** Yuan as typed ("1,234.5", "¥12") to fen, or null when it is no amount. */
export function fenFromYuan(text: string): number | null {
  const clean = text.replace(/[,，\s¥￥元]/g, '').replace(/。/g, '.');
  const found = yuanText.exec(clean);
  if (!found) return null;
  const [, sign, yuan = '0', part = ''] = found;
  const fen = Number(yuan + part.padEnd(2, '0'));
  return Number.isSafeInteger(fen) ? (sign && fen ? -fen : fen) : null;
}

/** Fen to yuan for an input: "1234.50". */
export function yuanFromFen(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fen to yuan for reading: "1,234.50 元" without the unit. */
export function showFen(fen: number): string {
  const [yuan = '', part = ''] = yuanFromFen(fen).split('.');
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`;
}
