#include "mekiki_vips.h"
