"""Everything an organisation can take with it in one file, in folders that follow the method, with an index."""
