// How a set is cut into chunks, a workgroup each.

struct Chunks {
  images: u32,  // of the set
  quads: u32,   // of the state's images
  shares: u32,  // in which a distance comes
  chunk: u32,   // images to a workgroup
  chunks: u32,
}

@group(0) @binding(1) var<uniform> spec: Chunks;
