namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>A fact about what Unix allows and Windows refuses.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows does not allow it.";
        }
    }
}
