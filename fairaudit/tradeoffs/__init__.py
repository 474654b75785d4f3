"""What unequal base rates force on any rule, and which goals can hold together."""
