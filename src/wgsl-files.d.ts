declare module '*.wgsl' {
  const shader: import('./gpu/wgsl.ts').Wgsl;
  export default shader;
}
