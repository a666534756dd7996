// Displacements of the source that are dealt with at once.

struct Chunk {
  first: u32,  // displacement: dy torus.x + dx
  count: u32,
}

@group(0) @binding(2) var<uniform> chunk: Chunk;  // chosen by a dynamic offset into the table
