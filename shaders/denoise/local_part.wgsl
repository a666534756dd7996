// The sizes that the local denoiser is compiled for, and a part of the set, which its passes take in turn.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation takes, 1 to 4
override BYTES: bool;  // whether the set's values are bytes v, for v / 127.5 - 1

struct Part {
  n: u32,  // images in the batch
  height: u32,
  width: u32,
  first: u32,  // of the set's, in eights, in the buffer that is bound
  eights: u32,  // how many
  count: u32,  // images in them
  begins: u32,  // whether nothing of the set has been seen before
}
