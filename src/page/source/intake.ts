/** Files dropped or pasted anywhere on the page. */
export interface Intake {
  file(file: File): void;
  /** Something came that holds no file, such as a picture dragged from another page. */
  nothing(): void;
  /** Whether something is held over the page. */
  hovering(over: boolean): void;
}

/** Listens until the returned function is called. */
export function takeFiles(intake: Intake): () => void {
  const take = (data: DataTransfer | null) => {
    const file = data?.files[0];
    if (file) intake.file(file);
    else intake.nothing();
  };
  const listeners = {
    dragover: (event: DragEvent) => {
      event.preventDefault();
      intake.hovering(true);
    },
    dragleave: (event: DragEvent) => {
      // Leaving the window, not merely one element for another.
      if (event.relatedTarget === null) intake.hovering(false);
    },
    drop: (event: DragEvent) => {
      event.preventDefault();
      intake.hovering(false);
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
