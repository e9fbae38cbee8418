namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>A fact about missing rights, which a user who has all of them cannot see.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Skip = "Runs as a user to whom read-only files are writable.";
        }
    }
}
