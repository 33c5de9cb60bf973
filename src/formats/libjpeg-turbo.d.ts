/** What is used of libjpeg-turbo in WebAssembly; the package brings no types. */
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export interface JpegDecoder {
    /** Room for so many packed bytes, in the memory of the library. */
    getEncodedBuffer(length: number): Uint8Array;
    /** Throws, or leaves the output short, where the bytes are damaged. */
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
    delete(): void;
  }
  const load: (options?: object) => Promise<{ JPEGDecoder: new () => JpegDecoder }>;

  // biome-ignore lint/style/noDefaultExport: what the package exports
  export default load;
}
