"""The gateway of one service as configuration and Lua for a stock nginx (D20)."""
