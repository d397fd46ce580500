"""What an instruction may need. The catalogue and a clinic may name other things: any key is read as words."""

KNOWN = ("mat", "chair", "pillow", "towel", "ball", "counter", "doorway", "ice_pack", "heat_pack")


def equipment_words(key: str) -> str:
    return key.replace("_", " ")
