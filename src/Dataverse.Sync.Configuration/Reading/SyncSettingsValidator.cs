using Microsoft.Extensions.Options;

namespace Dataverse.Sync.Configuration;

/// <summary>Checks which settings are required. The code is generated.</summary>
[OptionsValidator]
internal sealed partial class SyncSettingsValidator : IValidateOptions<SyncSettings>;
