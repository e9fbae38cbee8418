namespace Dataverse.Sync.KillTests;

/// <summary>A fact that needs a PostgreSQL server; see <see cref="PostgreSqlSchema"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute()
    {
        if (PostgreSqlSchema.ConnectionString is null)
        {
            Skip = $"{PostgreSqlSchema.Variable} does not name a PostgreSQL server.";
        }
    }
}
