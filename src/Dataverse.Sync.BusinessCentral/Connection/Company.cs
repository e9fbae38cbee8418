namespace Dataverse.Sync.BusinessCentral;

/// <summary>A company of the environment.</summary>
internal sealed record Company(Guid Id, string Name, string DisplayName)
{
    /// <summary>Whether people may mean this company; one without a display name shows its name.</summary>
    public bool IsCalled(string text) =>
        string.Equals(DisplayName.Length == 0 ? Name : DisplayName, text, StringComparison.OrdinalIgnoreCase);
}
