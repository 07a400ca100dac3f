#![no_main]
nabij_fuzz::guided!(query_strings);
