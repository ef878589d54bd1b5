/**
 * Remembers where the focus is, for what takes it over. @returns what brings it back, where nothing else has it by then:
 * with the next frame, for an element that has just been removed may still be letting go of it
 */
export function giveBackFocus(): () => void {
  const before = document.activeElement;
  return () => {
    requestAnimationFrame(() => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    });
  };
}
