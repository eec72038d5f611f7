#pragma once

// Requests and responses.
#include "stafett/wire/answers.h"
#include "stafett/wire/requests.h"
