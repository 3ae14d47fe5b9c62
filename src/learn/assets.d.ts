/** Address of a file that the bundler copies beside the code. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
