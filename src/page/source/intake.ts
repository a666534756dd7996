/** Files dropped or pasted anywhere on the page. */
export interface Intake {
  file(file: File): void;
  /** Something came that holds no file, such as a picture dragged from another page. */
  nothing(): void;
  /** Whether something is held over the page. */
  hovering(over: boolean): void;
}

/** Listens until the returned function is called. What an element has taken already (`preventDefault`) is its own. */
export function takeFiles(intake: Intake): () => void {
  const take = (data: DataTransfer | null) => {
    const file = data?.files[0];
    if (file) intake.file(file);
    else intake.nothing();
  };
  const listeners = {
    dragover: (event: DragEvent) => {
      intake.hovering(!event.defaultPrevented);
      event.preventDefault();
    },
    dragleave: (event: DragEvent) => {
      // Leaving the window, not merely one element for another.
      if (event.relatedTarget === null) intake.hovering(false);
    },
    drop: (event: DragEvent) => {
      intake.hovering(false);
      if (event.defaultPrevented) return;
      event.preventDefault();
      take(event.dataTransfer);
    },
    paste: (event: ClipboardEvent) => {
      // Text pasted into a field is the field's.
      if (event.target instanceof HTMLInputElement) return;
      take(event.clipboardData);
    },
  };
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of entries) document.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of entries) document.removeEventListener(type, listener);
  };
}
