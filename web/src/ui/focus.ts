/** The cursor goes into the first field inside: not into what unfolds when it gets it,
 * nor under a finger, where a keyboard would cover half of it. */
export function focusFirst(root: ParentNode | null | undefined): void {
  if (!root || !window.matchMedia?.('(pointer: fine)').matches) return;
  const first = root.querySelector<HTMLElement>('.form-row :is(input, textarea, button)');
  if (first && !first.closest('.el-date-editor')) first.focus();
}
