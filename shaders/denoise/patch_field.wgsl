// needs ../grid.wgsl

// The nearest patches that a coarser level found, for a finer one: a pixel takes those of the coarse pixel that it is part
// of, at the same place within it. Its twin on the host is finerField in tests/reference.

struct Field {
  size: vec2u,          // of an output image: width, height
  coarse: vec2u,
  source: vec2u,        // of the source
  coarseSource: vec2u,
  images: u32,
}

@group(0) @binding(0) var<uniform> field: Field;
@group(0) @binding(1) var<storage, read> coarse: array<vec2u>;
@group(0) @binding(2) var<storage, read_write> fine: array<vec2u>;

fn finer(candidate: u32, within: vec2u) -> u32 {
  let place = vec2u(candidate % field.coarseSource.x, candidate / field.coarseSource.x);
  let p = min(place * field.source / field.coarseSource + within, field.source - 1u);
  return p.y * field.source.x + p.x;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let plane = field.size.x * field.size.y;
  if (i >= field.images * plane) {
    return;
  }
  let pixel = vec2u(i % field.size.x, i % plane / field.size.x);
  let above = pixel * field.coarse / field.size;
  let within = pixel - above * field.size / field.coarse;
  let nearest = coarse[(i / plane * field.coarse.y + above.y) * field.coarse.x + above.x];
  fine[i] = vec2u(finer(nearest.x, within), finer(nearest.y, within));
}
