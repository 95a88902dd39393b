/**
 * Called by electron-builder before it looks at the dependencies. `false` says that node_modules is taken care of: the list `files`
 * names each module that is needed at run time.
 */
export const beforeBuild = () => false;
