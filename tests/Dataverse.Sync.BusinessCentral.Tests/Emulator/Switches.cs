using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>The emulator's switches for what nobody knows of the real service.</summary>
internal static class Switches
{
    /// <summary>Every switch in the position that is not the default.</summary>
    public static BusinessCentralEmulatorOptions Flipped { get; } = new()
    {
        ClientIds = BusinessCentralClientIds.Ignore,
        NullValues = BusinessCentralNullValues.Clear,
        RefusesUnchangedReadOnlyValues = false,
        AcceptsPlainBlankEnum = true,
        FiltersEnums = false,
        FiltersPageVariables = false,
        SupportsNot = true,
        DeleteRequiresIfMatch = false,
        DuplicateKeyStatus = 409,
        TagsCoverCalculatedFields = false,
        TagsCoverModificationStamp = true,
        FiltersUnroundedStamps = false,
        PatchShowsOldStamp = true,
        PatchHonorsNoContent = true,
        NextLinksCarryAid = false,
        CreateContactsForBusinessRelations = false,
    };

    /// <summary>Each switch alone in each of its other positions, and no switch at all.</summary>
    public static IReadOnlyDictionary<string, BusinessCentralEmulatorOptions> OneByOne { get; } = new Dictionary<string, BusinessCentralEmulatorOptions>
    {
        ["as they come"] = new(),
        ["all flipped"] = Flipped,
        ["ids ignored"] = new() { ClientIds = BusinessCentralClientIds.Ignore },
        ["ids kept"] = new() { ClientIds = BusinessCentralClientIds.Keep },
        ["null clears"] = new() { NullValues = BusinessCentralNullValues.Clear },
        ["null ignored"] = new() { NullValues = BusinessCentralNullValues.Ignore },
        ["unchanged read-only values pass"] = new() { RefusesUnchangedReadOnlyValues = false },
        ["plain blank enum accepted"] = new() { AcceptsPlainBlankEnum = true },
        ["enums not filtered"] = new() { FiltersEnums = false },
        ["computed not filtered"] = new() { FiltersPageVariables = false },
        ["not understood in filters"] = new() { SupportsNot = true },
        ["delete without condition"] = new() { DeleteRequiresIfMatch = false },
        ["duplicate is 409"] = new() { DuplicateKeyStatus = 409 },
        ["tags without FlowFields"] = new() { TagsCoverCalculatedFields = false },
        ["tags with stamps"] = new() { TagsCoverModificationStamp = true },
        ["filters on shown stamps"] = new() { FiltersUnroundedStamps = false },
        ["patch shows old stamp"] = new() { PatchShowsOldStamp = true },
        ["patch without content"] = new() { PatchHonorsNoContent = true },
        ["links without aid"] = new() { NextLinksCarryAid = false },
        ["customers without contacts"] = new() { CreateContactsForBusinessRelations = false },
    };
}
