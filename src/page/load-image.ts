/** Decodes through an image element: a `data:` URL, in the single-file build, may not be fetched. */
export async function loadImage(url: string): Promise<ImageBitmap> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return createImageBitmap(image);
}
