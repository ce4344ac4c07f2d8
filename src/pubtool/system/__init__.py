"""The four doors to the outside: files, programs, the network, the settings."""
