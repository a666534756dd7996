/** Files dropped anywhere on the page go to the panel that makes sets of them. */

/** `hovering` says whether something is held over the page. Listens until the returned function is called. */
export function passFiles(hovering: (over: boolean) => void): () => void {
  const target = () => document.querySelector('diffuscope-add-set .drop');
  const over = (event: DragEvent) => {
    hovering(!event.defaultPrevented);
    event.preventDefault();
  };
  const leave = (event: DragEvent) => {
    // Leaving the window, not merely one element for another.
    if (event.relatedTarget === null) hovering(false);
  };
  const drop = (event: DragEvent) => {
    hovering(false);
    if (event.defaultPrevented) return;
    event.preventDefault();
    const { dataTransfer } = event;
    target()?.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  };
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', leave);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('dragover', over);
    document.removeEventListener('dragleave', leave);
    document.removeEventListener('drop', drop);
  };
}
