"""Reading a language. Pure; knows Arabic (as data, in `ar/*.yaml`) and no news."""
