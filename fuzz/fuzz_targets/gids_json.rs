#![no_main]
nabij_fuzz::guided!(gids_json);
