// How the process of a node is run. The Dockerfile has the same in its last line.

/**
 * What a request leaves behind is young and dies at once: 8 MB hold it. Left alone, V8 lets the space
 * for the young grow to 130 MB under load and keeps it, more than all else a node holds at rest.
 */
export const NODE_FLAGS = ['--max-semi-space-size=8'];
