// One triangle that covers the whole of a canvas.

struct Corner {
  @builtin(position) position: vec4f,
  @location(0) across: vec2f,  // 0 ... 1 from the lower left
}

@vertex
fn corner(@builtin(vertex_index) i: u32) -> Corner {
  let p = vec2f(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0);
  return Corner(vec4f(p, 0.0, 1.0), 0.5 * p + 0.5);
}
