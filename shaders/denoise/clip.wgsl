// needs ../grid.wgsl

// x0Hat held within [-range, range]. Its float64 twin is clip in src/diffusion/limit.ts.

struct Clip {
  range: f32,
}

@group(0) @binding(0) var<uniform> clip: Clip;
@group(0) @binding(1) var<storage, read_write> limited: array<vec4f>;
@group(0) @binding(2) var<storage, read> x0Hat: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= arrayLength(&limited)) {
    return;
  }
  limited[i] = clamp(x0Hat[i], vec4f(-clip.range), vec4f(clip.range));
}
